"""An output folder: what is finished stays finished, whatever happens to the process.

OUT/articles/            one Korean file an article
OUT/pairs.parquet        the truth; pairs.csv for the reviewer and terms.csv for the terminologist beside it
OUT/run.json             what was run on what
OUT/.bilingual/          the ledger of articles, and a folder a window while a run is under way
"""
