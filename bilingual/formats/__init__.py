"""Files in and out: each module pairs read_x with write_x."""
