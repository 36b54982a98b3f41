# The API.
