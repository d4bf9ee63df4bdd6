-- What holds an instrument's time may be maintenance, of which everybody reads the reason (booking.purpose); a booking
-- may have been made by another than who will sit at it.
ALTER TABLE booking ADD COLUMN sort {text} NOT NULL DEFAULT 'use';   -- use, maintenance
ALTER TABLE booking ADD COLUMN made_by {int} NOT NULL DEFAULT 0;     -- an account; 0: who booked it
