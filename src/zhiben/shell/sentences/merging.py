"""What is said when two dangers cannot be merged, or one cannot be taken out again."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, step, unfit

SENTENCES: Mapping[str, Sentences] = {
    "danger:merge-itself": unfit(
        _("A danger cannot be merged into itself."), _("Choose the other one that tells of the same thing.")
    ),
    "danger:is-merged": step(
        _("The danger was merged into another and is dealt with there."),
        _("Open the other one; if the two are not the same, take the merger back first."),
    ),
    "danger:not-merged": step(
        _("The danger is not merged into another."), _("Load the page again; somebody may have taken the merger back.")
    ),
    "danger:merge-into-merged": step(
        _("The danger to be kept was itself merged into another."), _("Merge into the one that was kept there.")
    ),
    "danger:merge-closed": step(
        _("The danger to be merged is closed; what was counted as signed off stays counted."),
        _("Merge the other way round: the open one into the one that is closed."),
    ),
    "danger:merge-into-voided": step(
        _("The danger to be kept was found not to be true."),
        _("Open that one again first, or deal with this one by itself."),
    ),
    "danger:merge-recurrence": step(
        _("The other danger was signed off before this one was found: the thing came back, it was not told twice."),
        _("Deal with it as a danger of its own."),
    ),
    "danger:merge-other-enterprise": step(
        _("The two belong to different enterprises."),
        _("Deal with each at its own enterprise; if a report names the wrong one, void it there with the reason."),
    ),
    "danger:merge-other-party": step(
        _("Different parties are responsible for the two."), _("Deal with each; or correct who is responsible first.")
    ),
    "danger:merge-other-way": step(
        _("The danger to be merged names an enterprise or a responsible party that the one to be kept does not know."),
        _("Merge the other way round."),
    ),
    "danger:merge-too-far": step(
        _("The report names no enterprise, and the danger to be kept lies in another township."),
        _("Look for the danger in the township of the report."),
    ),
    "danger:merge-hides-major": step(
        _("A major hidden danger would disappear into one that is not major."),
        _("Merge the other way round, or change the level of the one to be kept first."),
    ),
    "danger:merge-loses-order": step(
        _("A limit was ordered for the danger to be merged, and none for the one to be kept."),
        _("Merge the other way round, or order the limit for the one to be kept first."),
    ),
    "danger:merge-listed": step(
        _("The danger to be merged is under listed supervision, or its closure was requested."),
        _("Merge the other way round."),
    ),
    "danger:merge-unseals": step(
        _("The danger to be merged may be read by fewer people than the one to be kept."),
        _("Leave both, or ask who set the confidentiality."),
    ),
    "danger:holds-merged": step(
        _("Other dangers were merged into this one; with its import they would disappear."),
        _("Take those mergers back first."),
    ),
    "danger:no-such-proposal": unfit(
        _("There is no such pair, or one of the two is not yours to see."), _("Go back to the list of pairs.")
    ),
    "danger:pair-answered": step(
        _("Somebody answered for this pair meanwhile."), _("Load the page again to see how it stands.")
    ),
    "danger:told-of-closed": step(
        _("The danger is closed; if the thing is there again, it came back."), _("Report it as a new one.")
    ),
    "danger:telling-elsewhere": unfit(
        _("This number was used for another telling."), _("Send the report again from a new form.")
    ),
}
