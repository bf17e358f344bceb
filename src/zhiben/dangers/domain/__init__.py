"""Pure rules of hidden dangers: the loop, its guards, its clocks, cells of the figures."""
