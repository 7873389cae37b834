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
