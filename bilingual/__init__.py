"""English news into Korean, offline, under one glossary."""
