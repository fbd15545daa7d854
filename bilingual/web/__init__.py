"""The review page: pairs of an output folder in a browser on this machine, saved as they are decided."""
