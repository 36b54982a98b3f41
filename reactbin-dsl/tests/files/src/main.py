# The service of the Dockerfile.
