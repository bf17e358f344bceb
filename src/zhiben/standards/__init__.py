"""The Django face of the law: facts of an enterprise, determinations kept with edition and facts."""
