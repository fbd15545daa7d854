"""The recipe that trains the model: corpus → augment → batches → loop → package (extra `train`)."""
