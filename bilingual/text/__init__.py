"""Pure work on strings: articles, sentences, particles, numbers, names."""
