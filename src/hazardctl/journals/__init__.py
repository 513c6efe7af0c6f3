"""The journal (留痕): what it holds, what it misses, what can be brought back."""
