-- Accounts: what happened to them, who they are, and what there is to tell of them. Documents are sealed, and series write their
-- numbers as they like. Documents that were kept before have no seal, and their numbers are plain and without gaps.

alter table billing_invoice add column if not exists number_prefix ${text};
alter table billing_invoice add column if not exists number_digits bigint;
alter table billing_invoice add column if not exists number_suffix ${text};
alter table billing_invoice add column if not exists number_gaps ${text}; -- NONE or ALLOWED
alter table billing_invoice add column if not exists seal ${text}; -- a digest; none if it is not issued, or was before there were seals
alter table billing_invoice add column if not exists seal_addressee ${text}; -- a digest of the customer and the salt
alter table billing_invoice add column if not exists seal_salt ${text}; -- none once the customer was erased
alter table billing_invoice add column if not exists seal_replacement ${text}; -- a digest of what is shown since then

-- Numbers of series that allow gaps. They are drawn outside of transactions, so that nobody waits.
create sequence if not exists billing_number;

-- Whether numbers with gaps were drawn as well: then what was given last is not all that was given.
alter table billing_series add column if not exists has_gaps boolean default false not null;

create table if not exists billing_account (
    tenant      ${text}  not null,
    account     ${text}  not null,
    account_key ${bytes} not null,
    entries     bigint   not null, -- how many there are
    events      bigint   not null, -- how many there were
    version     bigint   not null, -- of its details; 0 if it has none
    updated_at  timestamp(6) with time zone,
    details     ${text},           -- JSON
    payer       ${text},           -- as the details say
    primary key (tenant, account)
);

create index if not exists billing_account_by_payer
    on billing_account (tenant, payer, account_key);

create index if not exists billing_account_by_key
    on billing_account (tenant, account_key);

-- What happened to an account. Rows are only ever added.
create table if not exists billing_entry (
    tenant      ${text} not null,
    account     ${text} not null,
    entry_no    bigint  not null,
    recorded_at timestamp(6) with time zone not null,
    kind        ${text} not null,
    movement    ${text} not null, -- JSON
    seal        ${text} not null, -- a digest of the row and of the seal before it
    primary key (tenant, account, entry_no)
);

-- What is to be told and was not delivered yet.
create table if not exists billing_event (
    tenant      ${text} not null,
    account     ${text} not null,
    event_no    bigint  not null,
    event_type  ${text} not null,
    subject     ${text} not null,
    happened_at timestamp(6) with time zone not null,
    data        ${text} not null, -- JSON
    primary key (tenant, account, event_no)
);
