"""What is said when the loop of a hidden danger refuses."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, lacking, step, unfit

SENTENCES: Mapping[str, Sentences] = {
    "danger:no-such-move": step(
        _("Where the danger stands now, this step does not exist; perhaps somebody has moved it since."),
        _("Load the page again and take one of the steps it offers."),
    ),
    "danger:already-moved": step(
        _("Somebody moved the danger after you opened it; nothing of yours was written."),
        _("Load the page again and decide once more."),
    ),
    "danger:separation-of-duties": step(
        _("You found or rectified this danger yourself; who accepts must be another person."),
        _("Ask a colleague who did neither to take this step."),
    ),
    "danger:level-unset": step(
        _("The level is not confirmed yet."), _("Confirm first whether it is a general or a major hidden danger.")
    ),
    "danger:is-major": step(
        _("The danger is major; this way is open only to general ones."),
        _("Take the steps for major hidden dangers shown on the page."),
    ),
    "danger:not-major": step(
        _("The step belongs to major hidden dangers; this one is general."),
        _("Change the level first if it should be major, giving the reason."),
    ),
    "danger:ordered-needs-reinspection": step(
        _("The time limit was ordered at an inspection, so the department that ordered it inspects again."),
        _("Submit the rectification and wait for the re-inspection."),
    ),
    "danger:stop-order-stands": step(
        _("An order to stop still stands."),
        _("Have the treatment assessed, apply for resumption, and wait for the review on site."),
    ),
    "danger:no-stop-order": step(
        _("No order to stop stands for this danger."), _("Load the page again; the order may have been lifted.")
    ),
    "danger:stop-not-assessed": step(
        _("The treatment has not been assessed yet."),
        _("Have your own experts or an agency assess it, and enter the result."),
    ),
    "danger:resume-not-applied": step(
        _("Nobody has applied for resumption yet."),
        _("The enterprise applies in writing first; then the review on site is due within ten days."),
    ),
    "danger:resume-applied": step(
        _("The application for resumption is already in."), _("Wait for the review on site.")
    ),
    "danger:not-a-small-shop": step(
        _("Accepting one's own rectification is open only to very small enterprises whose number of people is known."),
        _("Let another person accept it, or correct the number of people of the enterprise."),
    ),
    "danger:other-department": step(
        _("Another department supervises this danger."),
        _("Leave the step to that department, or transfer the danger to yours first."),
    ),
    "danger:needs-second-person": step(
        _("Voiding a major danger takes two people."), _("Propose it; a second officer then confirms.")
    ),
    "danger:void-already-proposed": step(
        _("Voiding it has already been proposed."), _("A second officer now confirms or declines.")
    ),
    "danger:limit-was-ordered": step(
        _("The time limit was set by an order; it is not yours to change."),
        _("Ask for an extension within the last ten days before it ends."),
    ),
    "danger:limit-is-own": step(
        _("The time limit is your own; no extension is needed."),
        _("Set a new day and give the reason; both stay visible."),
    ),
    "danger:extension-pending": step(
        _("An extension has been asked for and is not answered yet."),
        _("Wait for the answer; it is due within five days."),
    ),
    "danger:no-extension-pending": step(
        _("No extension is waiting for an answer."), _("Load the page again; it may have been answered.")
    ),
    "danger:extension-too-early": step(
        _("An extension can be asked for only in the last ten days before the limit ends."),
        _("Ask again when that time has come."),
    ),
    "danger:extension-too-late": step(
        _("The time limit has already ended."), _("Finish the rectification and submit it; the delay stays on record.")
    ),
    "danger:already-reported": step(
        _("It has already been reported as a major danger."), _("Nothing more is needed for this step.")
    ),
    "danger:closure-already-requested": step(
        _("Closing the enterprise has already been requested."), _("Wait for the government's decision.")
    ),
    "danger:not-imported": step(
        _("The danger did not come from an imported ledger."), _("Void it instead if it is not real.")
    ),
    "danger:moved-since-import": step(
        _("Somebody has worked on it since it was imported."), _("Void it by itself if it is not real.")
    ),
    "danger:import-withdrawn": step(
        _("The import it came with was withdrawn."), _("Import the corrected ledger again.")
    ),
    "danger:found-by-supervisor": step(
        _("It was found by an inspection or reported by the public, so a supervisor decides."),
        _("Explain your view in a note and ask the supervising department."),
    ),
    "danger:signed-off-by-supervisor": step(
        _("A supervisor signed it off, so a supervisor opens it again."),
        _("Ask the supervising department to reopen it."),
    ),
    "danger:due-in-the-past": unfit(_("The time limit lies in the past."), _("Choose today or a later day.")),
    "danger:due-not-later": unfit(_("The new time limit is not later than the present one."), _("Choose a later day.")),
    "danger:needs-owner-and-due": lacking(
        _("A danger is rectified by a named person until a named day."),
        _("Choose the person responsible and the time limit."),
    ),
    "danger:same-department": unfit(_("It is with that department already."), _("Choose another department.")),
    "danger:needs-reason": lacking(
        _("This step stays on record with its reason."), _("Write the reason in a sentence.")
    ),
    "danger:needs-level": lacking(_("The level decides which procedure holds."), _("Choose general or major.")),
    "danger:needs-owner": lacking(
        _("Somebody must be responsible for the rectification."), _("Choose a person of the enterprise.")
    ),
    "danger:needs-due": lacking(_("The rectification needs a time limit."), _("Choose a day.")),
    "danger:needs-due-on": lacking(_("The rectification needs a time limit."), _("Choose a day.")),
    "danger:needs-department": lacking(_("It is not said which department receives it."), _("Choose the department.")),
    "danger:needs-report": lacking(
        _("A written report is needed for this step."), _("Write it, or attach the document.")
    ),
    "danger:needs-photo-before": lacking(
        _("A photo of the place before the rectification is needed."), _("Add the photo.")
    ),
    "danger:needs-photo-after": lacking(
        _("A photo of the place after the rectification is needed."), _("Take one on site and add it.")
    ),
    "danger:needs-on-site": lacking(
        _("This step is taken on site."), _("Go there, look, and tick that you were on site.")
    ),
    "danger:needs-officers": lacking(
        _("An inspection is made by at least two officers."), _("Name the officers who were there.")
    ),
    "danger:needs-assessor": lacking(
        _("It is not said who assessed the treatment."), _("Name the experts or the agency.")
    ),
    "danger:needs-application": lacking(
        _("A written application is needed."), _("Write the application, or attach it.")
    ),
    "danger:needs-granted": lacking(
        _("The answer is neither yes nor no."), _("Choose whether the extension is granted.")
    ),
    "danger:needs-force-majeure": lacking(
        _("An ordered time limit is extended only for force majeure."),
        _("Confirm that it is such a case and explain it, or do not ask."),
    ),
    "danger:needs-scope": lacking(
        _("It is not said what must stop."), _("Name the part of the enterprise, the line or the equipment.")
    ),
    "danger:needs-outcome": lacking(
        _("The outcome of the review is missing."), _("Choose whether it must be corrected or stopped again.")
    ),
    "danger:needs-plan": lacking(
        _("A major danger is rectified by a treatment plan."),
        _("Fill in the plan: goal, measures, funds, people, time limit, safety measures."),
    ),
    "danger:needs-description": lacking(
        _("A danger needs a description."),
        _("Say in a few words what is dangerous, for example: fire extinguisher past its date."),
    ),
    "danger:found-in-the-future": unfit(
        _("The day of finding lies in the future."), _("Choose today or an earlier day.")
    ),
    "danger:closed-out-of-order": unfit(
        _("It would be closed before it was found, or in the future."), _("Correct one of the two days.")
    ),
    "danger:closed-before-found": unfit(
        _("It would be closed before it was found."), _("Correct one of the two days.")
    ),
    "danger:no-such-industry": unfit(_("The industry is not in the list."), _("Choose one of the list.")),
    "danger:no-such-department": unfit(
        _("There is no such department, or it holds no longer."), _("Choose another department.")
    ),
    "danger:owner-not-of-the-enterprise": unfit(
        _("The person does not belong to the responsible enterprise."), _("Choose one of its people.")
    ),
    "danger:officers-unknown": unfit(_("One of the officers is not known here."), _("Choose officers from the list.")),
    "danger:party-not-engaged": unfit(
        _("That party has no engagement at this site on that day."),
        _("Register the engagement first, or choose another party."),
    ),
    "danger:file-not-on-danger": unfit(
        _("A file named as evidence does not belong to this danger."), _("Upload it here and choose it again.")
    ),
    "danger:needs-place": lacking(
        _("It is not said at which site it was found."),
        _("Choose the site; search for the enterprise where none is offered."),
    ),
    "danger:too-many-files": unfit(
        _("More than %(most)s files came at once."), _("Send the most telling ones; more can be added later.")
    ),
    "danger:not-transferred": step(_("The danger is not on its way to another department."), _("Load the page again.")),
    "danger:level-is-the-same": unfit(_("The level is already the one you chose."), _("Nothing needs to be changed.")),
    "danger:uid-taken": step(
        _("This report has been received already."), _("Look in the list before you send it again.")
    ),
    "person:owns-open-dangers": Sentences(
        _("This person still answers for open hidden dangers"),
        _("%(dangers)s of them name this person as their owner; without a name nobody could be asked."),
        _("Give each of them another owner first."),
    ),
    "danger:not-found": Sentences(
        _("There is no such danger for you"),
        _("It does not exist, or it lies outside what you look after."),
        _("Check the number, or search for it."),
    ),
}
