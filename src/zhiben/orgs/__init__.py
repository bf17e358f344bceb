"""The one tree of units, enterprises, engagements, persons, posts, accounts, roles, grants, scope, doors."""
