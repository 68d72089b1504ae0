"""Filling a hole in a picture with the smoothest surface."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def fill_smoothly(colour: NDArray[np.float64], hole: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Solve Laplace's equation inside a hole that does not touch the border, from the colours around it.

    Parameters
    ----------
    colour
        Shape (height, width, 3): used outside the hole only.

    Returns
    -------
    Shape (n, 3): colours of the hole's n pixels, in the order of `colour[hole]`.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.linalg import splu

    index = np.full(hole.shape, -1)
    count = int(hole.sum())
    index[hole] = np.arange(count)
    rows, columns = np.nonzero(hole)
    here = index[rows, columns]
    rim = np.zeros((count, 3))
    links = []
    for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        there = index[rows + down, columns + right]
        inner = there >= 0
        links.append((here[inner], there[inner]))
        rim[here[~inner]] += colour[rows[~inner] + down, columns[~inner] + right]
    i, j = (np.concatenate(side) for side in zip(*links, strict=True))
    values = np.concatenate([np.full(len(i), -1.0), np.full(count, 4.0)])
    places = np.concatenate([i, here]), np.concatenate([j, here])
    laplacian = coo_matrix((values, places), shape=(count, count)).tocsc()
    return np.asarray(splu(laplacian).solve(rim))
