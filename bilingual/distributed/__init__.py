"""The same pipeline on many machines, by Ray: units go out, windows come back as Parquet and are stored here.

Workers are actors that load the model once. Each has two units at most, so little is under way and much is
left to give; what a lost worker had is given again. Documents are read here and travel with their unit, so
workers need no disk in common with this machine, only this program, of the same version. How objects travel
is Ray's business (it pickles); windows come as Parquet, and nothing else of a user is unpickled by us.
"""
