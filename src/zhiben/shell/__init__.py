"""Navigation, my work today, search, dashboards, administration."""
