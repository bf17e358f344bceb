"""What the refusals of standards say to people: what happened, why, what to do now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "fact:none-named": (
        _("Nothing was asked for"),
        _("No fact was chosen."),
        _("Choose at least one fact and ask again."),
    ),
    "population:as-of-today": (
        _("Nothing was judged"),
        _("What follows from judging is kept for today, by all standards in force; a day or a standard was named."),
        _("Leave out the day, the standard and the list of enterprises, or judge without keeping."),
    ),
    "population:no-account": (
        _("Nothing was judged"),
        _("It was not said who raises suspicions or asks for facts."),
        _("Name the account: --as NAME."),
    ),
    "population:no-unit": (
        _("Nothing was judged"),
        _("No unit was chosen."),
        _("Choose the part of the tree to judge."),
    ),
    "population:no-such-rhythm": (
        _("The rhythm was not kept"),
        _("A part of the tree is judged every 1 to 90 nights."),
        _("Choose a number of nights in that range."),
    ),
    "snapshot:being-written": (
        _("The snapshot is being written"),
        _("Another process is writing the facts as columns to the same folder."),
        _("Wait until it has finished and start again."),
    ),
    "engine:unknown": (
        _("No such engine"),
        _("Populations are judged by one of these engines: %(example)s."),
        _("Name one of them, or none for the one in this program."),
    ),
    "engine:not-installed": (
        _("The engine is not installed"),
        _("Spark's client is not installed beside this program."),
        _("Install it with: %(example)s"),
    ),
    "engine:no-endpoint": (
        _("Nobody said where Spark is"),
        _("An address of Spark Connect is wanted, such as %(example)s."),
        _("Set ZHIBEN_SPARK, or name the address with --spark."),
    ),
    "engine:unreachable": (
        _("Spark does not answer"),
        _("Nobody answers at %(value)s."),
        _("Start the server, or check the address and the network."),
    ),
    "engine:other-law": (
        _("Spark's workers have another law"),
        _("The law packs beside the workers differ from those of this program, so their answers would."),
        _("Install the same version of the program beside the workers."),
    ),
    "engine:failed": (
        _("Spark could not answer"),
        _("The server at %(value)s said: %(reason)s"),
        _("Look into the server's log; the workers need this program, Polars and the folder of the snapshot."),
    ),
}
