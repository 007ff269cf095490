-- What documents and lines are found and ordered by. There is one more placeholder:
--   ${bytes}   bytes that are compared as unsigned numbers
-- A column that ends with _key is ordered by. Its bytes are in an order that no database has for texts, and are written by the library.
-- Documents that were kept before are given theirs after this script has run.

alter table billing_invoice add column if not exists as_of timestamp(6) with time zone;
alter table billing_invoice add column if not exists attributes ${text}; -- JSON; none if it has no attributes
alter table billing_invoice add column if not exists id_key ${bytes}; -- shorter ids first
alter table billing_invoice add column if not exists owner_key ${bytes}; -- shorter ids first
alter table billing_invoice add column if not exists subject_type_key ${bytes}; -- without regard to case
alter table billing_invoice add column if not exists subject_id_key ${bytes}; -- shorter ids first
alter table billing_invoice add column if not exists subject_name_key ${bytes}; -- without regard to case
alter table billing_invoice add column if not exists subject_name_folded ${text};

update billing_invoice set as_of = coalesce(issued_at, created_at) where as_of is null;

drop index if exists billing_invoice_by_period;

create index if not exists billing_invoice_by_period_and_key
    on billing_invoice (tenant, period_start nulls first, id_key);

create index if not exists billing_invoice_by_subject
    on billing_invoice (tenant, subject_id);

-- The places and attributes of a document once more, to find and order it by. Its own row has them as JSON, to read them with it.
create table if not exists billing_invoice_place (
    tenant     ${text}  not null,
    invoice_no bigint   not null,
    dimension  ${text}  not null,
    ref_id     ${text}  not null,
    name_key   ${bytes} not null,
    primary key (tenant, invoice_no, dimension)
);

create index if not exists billing_invoice_place_by_id
    on billing_invoice_place (tenant, dimension, ref_id);

create table if not exists billing_attribute (
    tenant        ${text} not null,
    invoice_no    bigint  not null,
    name          ${text} not null,
    text_value    ${text},
    text_key      ${bytes},
    number_value  ${number},
    instant_value timestamp(6) with time zone,
    flag_value    boolean,
    primary key (tenant, invoice_no, name)
);

-- The tags that a document stands with now.
create table if not exists billing_tag (
    tenant     ${text}  not null,
    invoice_no bigint   not null,
    ordinal    integer  not null,
    name       ${text}  not null,
    tag_value  ${text}  not null,
    primary key (tenant, invoice_no, ordinal)
);

create index if not exists billing_tag_by_name
    on billing_tag (tenant, name);

alter table billing_line add column if not exists tax ${number};
alter table billing_line add column if not exists tax_currency ${text};
alter table billing_line add column if not exists unit_cost ${number};
alter table billing_line add column if not exists unit_cost_currency ${text};
alter table billing_line add column if not exists external_id ${text}; -- none if we computed it

create index if not exists billing_line_by_id
    on billing_line (tenant, line_id);
