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
    "pack:not-found": (
        _("There is no such pack"),
        _("It does not exist, or you have no hand in the packs of its region."),
        _("Look in the list of packs."),
    ),
    "pack:not-a-region": (
        _("The pack was not begun"),
        _("Packs belong to a nation, province, city, county or township for which you may write them."),
        _("Choose one of the regions offered."),
    ),
    "pack:unknown-kind": (
        _("The pack was not begun"),
        _("A pack holds a determination standard or key inspection items."),
        _("Choose one of the two."),
    ),
    "pack:bad-id": (
        _("The id cannot be used"),
        _("An id has small letters, hyphens and at most one year, and no more than 50 signs."),
        _("Write it like %(example)s."),
    ),
    "pack:id-taken": (
        _("The id is taken"),
        _("Another pack, or an edition of the law, bears it."),
        _("Choose another id."),
    ),
    "pack:in-review": (
        _("The draft was not kept"),
        _("It is in review: what is reviewed stays as it is."),
        _("Ask a reviewer to send it back, then write on."),
    ),
    "pack:already-changed": (
        _("Nothing was done"),
        _("Somebody changed the draft, or moved it on, since you opened it."),
        _("Open it again; your text stands in the form."),
    ),
    "pack:unfit-text": (
        _("The draft was not kept"),
        _("The text has a sign that cannot be kept, or more than %(most)s signs."),
        _("Shorten it, or split the pack."),
    ),
    "pack:has-problems": (
        _("This text cannot go on yet"),
        _("It has problems: %(problems)s, the first in line %(line)s."),
        _("Write it anew until none is left."),
    ),
    "pack:person-needed": (
        _("The review was not kept"),
        _("No person stands behind this account, so it cannot be one of two people."),
        _("Sign in with an account of a person."),
    ),
    "pack:own-text": (
        _("The review was not kept"),
        _("You wrote in this text: two others must pass it."),
        _("Ask somebody who did not write in it."),
    ),
    "pack:reviewed-already": (
        _("The review was not kept"),
        _("You passed this text already; one person counts once."),
        _("Ask a second person."),
    ),
    "pack:reason-needed": (
        _("A reason is missing"),
        _("Whoever sends a text back or ends a pack says why."),
        _("Write the reason."),
    ),
    "pack:not-reviewed": (
        _("The pack was not adopted"),
        _("%(reviewed)s of %(needed)s people who did not write in it passed this very text."),
        _("Let others review it."),
    ),
    "pack:begins-in-the-past": (
        _("The pack was not adopted"),
        _("Nobody is judged by it for days that have passed."),
        _("Choose today or a later day."),
    ),
    "pack:later-version": (
        _("The pack was not adopted"),
        _("Another version begins on that day or later."),
        _("Choose a later day, or end that version first."),
    ),
    "pack:ends-in-the-past": (
        _("The version was not ended"),
        _("What was judged on days that have passed stands."),
        _("Choose today or a later day."),
    ),
    "pack:not-in-force": (
        _("The version was not ended"),
        _("It is not adopted, or its end is set already."),
        _("Open the pack again."),
    ),
    "guide:empty": (
        _("The guide was not kept"),
        _("It has neither words nor pictures."),
        _("Write in at least one language how to look at the clause, or add a picture."),
    ),
    "guide:too-long": (
        _("The guide was not kept"),
        _("Each language has at most %(most)s signs, and no sign that cannot be kept."),
        _("Shorten it, or say the rest by pictures."),
    ),
    "guide:already-changed": (
        _("The guide was not kept"),
        _("Somebody wrote in it since you opened it."),
        _("Open it again; your text stands in the form."),
    ),
    "guide:not-a-region": (
        _("Nothing was kept"),
        _("Guides and links belong to a nation, province, city, county or township."),
        _("Choose one of the regions offered."),
    ),
    "guide:not-found": (
        _("There is no such guide"),
        _("It does not exist, or is of a region you have nothing to do with."),
        _("Open the clause again."),
    ),
    "link:not-found": (
        _("There is no such link"),
        _("It does not exist, or is of a region you have nothing to do with."),
        _("Open the clause again."),
    ),
    "link:unfit-text": (
        _("The words were not linked"),
        _("Words of a hidden danger or of an item to check are needed, at most %(most)s signs."),
        _("Write the words that speak of the clause."),
    ),
    "link:person-needed": (
        _("The confirmation was not kept"),
        _("No person stands behind this account, so it cannot be one of two people."),
        _("Sign in with an account of a person."),
    ),
    "link:confirmed-already": (
        _("The confirmation was not kept"),
        _("You confirmed this link already; one person counts once."),
        _("Ask a second person."),
    ),
    "link:withdrawn": (
        _("Nothing was done"),
        _("The link was withdrawn meanwhile."),
        _("Open the clause again."),
    ),
    "link:reason-needed": (
        _("A reason is missing"),
        _("Whoever takes a link back says why."),
        _("Write the reason."),
    ),
    "pack:no-file": (
        _("Nothing was taken"),
        _("No file was chosen."),
        _("Choose a workbook or a YAML file."),
    ),
    "pack:not-a-workbook": (
        _("Nothing was taken"),
        _("The file is neither a workbook (xlsx) nor text in UTF-8."),
        _("Save it as xlsx, or as YAML in UTF-8."),
    ),
    "pack:not-marked": (
        _("The workbook could not be marked"),
        _("Something in it keeps it from being written again."),
        _("The problems stand on the page, cell by cell."),
    ),
}
