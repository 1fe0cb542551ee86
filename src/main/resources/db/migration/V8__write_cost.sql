-- What every event or decision pays for and nobody asks.

-- Decisions are asked for by their event; what a customer was told is read off notifications. An entry at a random place
-- of the index for each decision was kept for nothing but to forget demo tenants, who are found by their notifications as well.
drop index decision_by_customer;
