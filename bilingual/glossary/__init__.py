"""Pure work on terms: match, inject, extract, propose, merge, check."""
