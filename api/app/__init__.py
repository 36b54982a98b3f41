"""The API of reactbin, a bin of reaction images."""
