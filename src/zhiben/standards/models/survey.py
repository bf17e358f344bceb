"""Tables of what the standards say of a whole population on a day; made anew by a job, never edited."""

from typing import ClassVar

from django.db import models


class Survey(models.Model):
    """One judging of all enterprises: of which day, made when, over whom. The newest is what pages show."""

    day = models.DateField()
    made_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    members = models.BinaryField()  # the enterprises' numbers in order, int64, compressed
    last_fact = models.BigIntegerField(default=0)  # what was known when it was made: newer ones make it old
    last_enterprise = models.BigIntegerField(default=0)
    law = models.CharField(max_length=64)  # fingerprint of the editions it judged by


class SurveyClause(models.Model):
    """One clause over the population: three planes of bits, position by position as `members`."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="clauses")
    standard = models.CharField(max_length=60)
    clause = models.CharField(max_length=80)
    is_element = models.BooleanField()
    planes = models.BinaryField()  # applies, present, absent one after another, compressed

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "standard", "clause"], name="survey_clause_once"),
        ]
