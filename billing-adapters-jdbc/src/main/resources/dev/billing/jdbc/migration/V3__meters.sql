-- What usage says about itself, how a price book counts it, and the least and most that it charges. What was kept before has none of it.

alter table billing_usage add column if not exists properties ${text}; -- JSON; none if it has no properties
alter table billing_price_book add column if not exists meters ${text}; -- JSON; none if all its meters are plain sums
alter table billing_price_book add column if not exists spend ${text}; -- JSON; none if it has no minimum and no maximum
