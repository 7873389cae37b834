# The words of the owner's pages.

back-office-name = back office
pages = Pages
tab-tills = Tills
tab-account = You
language = Language
language-en = English
language-ru = Русский
language-de = Deutsch
line-lost = No connection to the office. What stands here may be old.
earlier = Earlier

## Signing in

sign-in = Sign in
owner-name = Name
passphrase = Passphrase
code = One-time code
code-note = Six digits from your app, if you have switched codes on.
wrong-sign-in = Name, passphrase or code is wrong.
wrong-tries = Too many tries. Wait a few minutes, then try again.

## Setup

setup = The first owner
setup-note = Whoever signs in sees all tills. Choose a name and a passphrase for yourself; this link works once.
setup-go = Begin
passphrase-note = Twelve characters or more. Several words are good.
passphrase-again = The same again
wrong-again = The two passphrases differ.
wrong-too-short = The passphrase has fewer than twelve characters.
wrong-too-long = The passphrase is too long.
wrong-name = A name has 1 to 60 characters.
wrong-name-taken = There is an owner of this name.

## Tills

tills = Tills
tills-none = No till is paired yet. Pair the first one.
till-paired = paired
till-revoked = revoked
till-quarantine = quarantine
till-contact = Last entries came
till-never = never
till-head = Entries
pair = Pair a till
pair-go = Show the code
till-name = What is the till called?
till-name-note = As you would tell somebody: Stall 3, Bar, Door.
pair-code = Code for { $name }
pair-step-open = At the till, open the settings and choose the back office.
pair-step-scan = Scan this code with the till’s scanner, or type it.
pair-qr = The pairing code as a QR code
pair-once = It works once, within { $minutes } minutes. Show it to nobody else.
pair-done = Done
revoke = Revoke
revoke-question = Revoke the till { $name }?
revoke-means = It sends nothing more until it is paired anew. It can sell on, and what it has sent stays here.
quarantine-forked = Other entries came for numbers that the book has: this till was copied, or an older journal runs in its place. Its money is shown apart.
quarantine-restored = The till says that it was restored from a copy. Its money is shown apart.
raised-forked = Another entry { $seq } came than the book has.
raised-restored = The till was restored, and entry { $seq } is another one now.
raised-chain_broken = Entries came whose chain is broken at { $seq }.
raised-entry_missing = Entry { $seq } is missing in the database.
raised-entry_changed = Entry { $seq } was changed in the database.
raised-head_changed = The head was changed in the database, at entry { $seq }.
raised-other = { $code }, entry { $seq }.

## You

codes = One-time codes
codes-on = Signing in asks for a one-time code.
codes-lost = App lost? On the office’s machine: ringup-office owner reset-codes NAME
codes-off = A second key beside the passphrase: an app on your phone shows six digits that change every half minute.
codes-switch-on = Switch codes on
codes-scan = Scan this with your authenticator app, or type the letters into it.
codes-qr = The secret of your one-time codes as a QR code
codes-first = The six digits that the app shows now.
codes-go = Switch on
wrong-code = This is not the app’s code. Scan again, and check the phone’s clock.
wrong-passphrase = The present passphrase is wrong.
passphrase-now = Present passphrase
passphrase-new = New passphrase
passphrase-change = Change passphrase
done-passphrase = The passphrase is changed. Other browsers are signed out.
done-code = From now on signing in asks for a code.
sign-out = Sign out
sign-out-everywhere = Sign out everywhere

## Audit list

audit = Audit list
audit-note = Who signed in, looked at a sale or changed something. Kept for a year.
audit-open = Show the list
audit-none = Nothing yet.
audit-somebody = Somebody
audit-signed_in = signed in
audit-sign_in_failed = tried to sign in, in vain
audit-signed_out = signed out
audit-signed_out_everywhere = signed out everywhere
audit-passphrase_set = set the passphrase of { $about }
audit-codes_on = switched one-time codes on
audit-codes_off = switched off the one-time codes of { $about }
audit-owner_made = made the owner { $about }
audit-owner_removed = removed the owner { $about }
audit-pairing_shown = showed a pairing code for { $about }
audit-till_revoked = revoked the till { $about }
audit-sale_viewed = looked at sale { $about }
audit-close_viewed = looked at Z report { $about }
audit-exported = exported { $about }

## Problems

problem-home = To the first page
problem-not-found = There is nothing here
problem-not-found-next = The address is wrong, or what was here is over. A setup link works once.
problem-form-over = This form is over
problem-form-over-next = Nothing was changed. Open the page again and repeat it.
problem-signed-out = You are signed out
problem-signed-out-next = Nothing was changed. Sign in again.
problem-tries = Too many tries
problem-tries-next = Wait a few minutes, then try again.
problem-too-large = That was too much at once
problem-unreadable = This cannot be read
problem-again-next = Nothing was changed. Open the page again and repeat it.
problem-busy = The office is busy
problem-busy-next = Try again in a few seconds. Tills sell on meanwhile.

## The day

tab-day = Today
tab-sales = Sales
tab-closes = Z reports
day-tills = By till
day-apart = In quarantine
day-apart-note = In none of the sums above, until somebody has decided.
day-test = Test money
day-test-note = In no sum of real money.
day-behind =
    { $count ->
        [one] { $count } entry on its way into the sums
       *[other] { $count } entries on their way into the sums
    }
attention-review = In review: { $count }
attention-twice = Paid twice: { $count }
attention-unseen = Not seen at the till: { $count }
attention-late = Paid late: { $count }
attention-open = Still open: { $count }

## The book of sales

search-go = Search
filters = Filters
filters-go = Show
filter-till = Till
filter-any-till = All tills
filter-need = Needs somebody
filter-any-need = Any sale
filter-unseen = not seen at the till
filter-any-tender = Any way to pay
filter-currency = Currency
closes-none = No day has been closed yet.
drawer-differs = Drawer
export-note = The same rows and columns as in a till’s own export. Tills in quarantine are left out.
export-go = Save the file
## Settings that the shop shares

shared = Shared settings
shared-note = What is changed here, every till of the shop takes over within a minute, or as soon as it reaches the office. A sale that is under way keeps its prices.
shared-sections = What is shared
shared-texts = Texts on receipts
shared-off = not shared: each till has its own
shared-on = shared
shared-count =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
shared-switches = What tills may change themselves
shared-switches-note = Where a till may, its change stands until the office changes the same section again. Where it may not, it is put back.
shared-save = Save
shared-moved = Somebody else has changed the settings meanwhile. Nothing was saved: look again, and repeat your change.
shared-version = Version { $number }
shared-till = Shared settings: version { $number }
shared-till-none = has not taken anything yet
shared-till-changed = changed there: { $section }
shared-offer = { $name } offers its settings
shared-offer-note = Taken, they are those of every till. What the shop has shared before stays in the list of versions.
shared-offer-take = Take these
shared-offer-drop = Do not take
shared-history = Versions
shared-history-note = The newest 200. To take an old one back makes a new one of it.
shared-back = Take back
shared-none = Nothing is shared yet.
shared-item-search = Name, category or barcode
shared-items-none = No such item.
shared-tax-note = In percent, like 19 or 5.5. Leave it empty for none.
shared-csv = Or paste the lines here
shared-csv-file = A CSV file
shared-csv-note = The same columns as in a till’s own import. What the file does not name stays as it is.
shared-csv-look = Show what would change
shared-csv-take = Take it in
shared-csv-counts = New: { $added }. Changed: { $changed }. Left out: { $refused }.
shared-csv-new = new
shared-csv-changed = changed
shared-taxes-note = To take a rate out, empty its line.
shared-tax-default = Rate of what the pad charges
shared-cashiers-note = Whoever has a PIN signs on by it at every till. Give an owner one first: a till at which nobody could do everything takes no cashiers.
shared-cashiers-none = No cashiers are shared: each till has its own.
shared-pin-note = 4 to 12 digits. Leave it empty to keep what there is.
shared-cashier-remove = Remove this cashier
edit-item_added = { $about } added
edit-item_changed = { $about } changed
edit-item_removed = { $about } removed
edit-items_imported = items from a file: { $about }
edit-taxes = taxes changed
edit-cashier_added = cashier { $about } added
edit-cashier_changed = cashier { $about } changed
edit-cashier_removed = cashier { $about } removed
edit-texts = texts on receipts changed
edit-switches = what tills may change { $about }
edit-taken_from_till = settings of { $about } taken
edit-imported = settings from a file { $about }
edit-taken_back = version { $about } taken back
audit-settings_shared = changed the shared settings: { $about }

## Word

word = Word to you
word-note = What happens at the tills and needs you goes to these addresses: by e-mail, or as a signed webhook to a program.
word-open = Choose what is told
word-addresses = Addresses
word-none = Nobody gets word yet.
word-no-mail = This office has no mail server, so e-mails wait. Whoever runs it names one by --smtp.
word-add-mail = Add an e-mail address
word-add-hook = Add a webhook
word-mail = E-mail address
word-hook = URL of the webhook
word-hook-note = https alone. Each message is signed after the Standard Webhooks convention; its secret is shown once.
word-events = Tell of
word-kind-paid_late = Paid late
word-kind-paid_twice = Paid twice
word-kind-review = In review
word-kind-refund = Large refund
word-kind-drawer = Drawer difference
word-kind-closed = Day closed, with the Z report
word-kind-silent = Till silent
word-kind-quarantine = Quarantine, and what was decided
word-language = Language of the messages
word-save = Save
word-try = Try it
word-try-note = Sends a message that says nothing has happened.
word-try-go = Send a test
word-secret = Secret of the webhook
word-secret-once = Give this to the program that receives the messages. It is shown now and never again.
word-secret-renew = Make another secret
word-secret-renew-note = The one before signs beside it until the next change, so nothing is missed.
word-remove = Remove
word-remove-note = Nothing more goes there. What is on its way is given up.
word-limits = From when on
word-refund-above = Refunds above, { $currency }
word-silent-hours = A till is silent after, hours
word-sent = What was sent
word-sent-none = Nothing yet.
delivery-waiting = waiting
delivery-delivered = delivered
delivery-given_up = given up
word-next = Next try: { $at }
word-resend = Send again
word-done-saved = Saved.
word-done-tried = A test is on its way. What came of it stands below.
word-done-removed = The address is removed.
wrong-word-mail = This is no e-mail address.
wrong-word-url = A webhook goes to an https URL, without a name and a password in it.
wrong-word-private = This is an address of a private network. Whoever runs the office may allow it.
wrong-word-events = Choose at least one thing to be told.
wrong-word-many = There are twenty addresses already.
wrong-word-trials = Ten tests within an hour are enough.
wrong-word-limits = An amount or the number of hours cannot be read. Hours: 1 to 720.
told-sale-paid_late = { $till }: { $sale } was paid late
told-sale-paid_late-say = Sale { $sale } over { $amount } was paid after its code had ended, or after the cashier had stopped waiting. Check whether the goods were handed over.
told-sale-paid_twice = { $till }: { $sale } was paid twice
told-sale-paid_twice-say = More was paid for sale { $sale } than its { $amount }. The customer should get money back.
told-sale-in_review = { $till }: { $sale } is in review
told-sale-in_review-say = What the gateway says contradicts sale { $sale } over { $amount }. Look there, and close the review at the till.
told-sale-refunded = { $till }: { $refunded } given back
told-sale-refunded-say = { $refunded } was given back of sale { $sale } over { $amount }.
told-drawer-differs = { $till }: the drawer differs by { $difference }
told-drawer-differs-say = A count found { $counted } in the drawer; { $expected } should have been there. Difference: { $difference }.
told-day-closed = { $till }: Z { $z } of { $day }
told-day-closed-say = The day { $day } is closed. Its Z report, number { $z }, is attached.
told-till-silent = { $till } is silent
told-till-silent-say = Nothing was heard of this till since { $since }. It may be switched off, or without a network; it can sell on.
told-till-quarantined = { $till } is in quarantine
told-till-quarantined-say = From entry { $seq } on another journal of this till has come than the book holds. Both may hold real money; it is shown apart until you have decided.
told-till-decided = { $till }: decided
told-till-decided-say = Decision { $number } about this till: { $verdict }.
told-test = A test from Ringup
told-test-say = Nothing has happened: somebody tries whether word arrives here.
told-till = Till: { $till }
told-at = When: { $at }
told-look = Look: { $link }
told-why = Your back office sends this because its owner chose it: { $link }
audit-word_added = lets word go to { $about }
audit-word_changed = changed what { $about } is told
audit-word_secret_renewed = made another secret for { $about }
audit-word_removed = took the address { $about } away
audit-word_limits_set = changed from when on word is given
audit-word_tried = sent a test to { $about }
audit-word_resent = sent a message again: { $about }
audit-till_decided = decided about a till: { $about }

## Drawers and decisions

drawers = Drawer differences
drawers-note = Counts that found another sum than should have been there.
drawers-none = No count has found a difference.
till-heard = Heard of last
till-last-z = Last Z report
till-version = Program
till-printer = Receipt printer
printer-none = none
printer-unused = not used yet
printer-ready = prints
printer-no_paper = out of paper
printer-failing = does not print
till-copies = Copies of the journal
copies-off = switched off
copies-waiting = first one is being made
copies-good = good
copies-folder_missing = folder missing
copies-failed = failed
till-decide = Look and decide
decide = { $name }: what does not fit the book
decide-none = Nothing has come of this till that does not fit the book.
branch-entries = Entries { $first } to { $last }
branch-undecided = undecided
branch-aside = set aside by decision { $number }
branch-restored = The till says that it was restored from a copy.
branch-copied = The laptop was copied, or an older file was put back.
branch-came = It came { $from } to { $to }.
branch-missing = Entries before these are missing here, so the book cannot follow them yet.
side-branch = What came
side-book = What the book holds in its place
side-no-money = no money
decide-refuse = Keep the book
decide-refuse-means = The book stays as it is. What came is kept beside it, in no sum, and so is what will come of it.
decide-follow = Follow what came
decide-follow-after-all = Follow it after all
decide-back = Nothing is deleted, and another decision takes this one back.
decide-reason = Why
decisions = What was decided
decision = Decision { $number }: { $verdict }
verdict-refuse = the book was kept
verdict-follow = the book follows what came
wrong-reason = Say why.
wrong-branch-missing = Entries are missing here. It can be followed once its till has sent them.
wrong-branch-decided = It is decided already.
word-tries =
    { $count ->
        [one] tried once
       *[other] tried { $count } times
    }
side-sales =
    { $count ->
        [one] { $count } sale
       *[other] { $count } sales
    }
decide-follow-means =
    { $count ->
        [one] What came takes its place in the book from its first entry on; { $count } entry of the book is set aside.
       *[other] What came takes its place in the book from its first entry on; { $count } entries of the book are set aside.
    }
