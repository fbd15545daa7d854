"""Things that translate, and the packages they run on."""
