"""Frameworks and the packaged codebook, read into the types of `counterfoil.model`."""
