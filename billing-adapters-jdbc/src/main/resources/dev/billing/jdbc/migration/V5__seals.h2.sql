-- Nothing of an issued document ever changes, and no entry of an account does, whoever tries. A document is issued once its row has a seal,
-- which is the last thing that is written; from then on only who it is addressed to can be erased, together with the salt of the seal.
-- Administrators can drop triggers, so the library's user should be none. On a server of H2 this library must be on the server's class path.

alter table billing_invoice add column if not exists before_seals boolean; -- whether it was issued when there were no seals

update billing_invoice set before_seals = true where form = 'ISSUED' and seal is null and before_seals is null;

create trigger if not exists billing_invoice_seal before update, delete on billing_invoice
    for each row call 'dev.billing.jdbc.SealTrigger';

create trigger if not exists billing_figure_seal before insert, update, delete on billing_figure
    for each row call 'dev.billing.jdbc.SealTrigger';

create trigger if not exists billing_line_seal before insert, update, delete on billing_line
    for each row call 'dev.billing.jdbc.SealTrigger';

create trigger if not exists billing_invoice_place_seal before insert, update, delete on billing_invoice_place
    for each row call 'dev.billing.jdbc.SealTrigger';

create trigger if not exists billing_attribute_seal before insert, update, delete on billing_attribute
    for each row call 'dev.billing.jdbc.SealTrigger';

create trigger if not exists billing_place_set_seal before insert, update, delete on billing_place_set
    for each row call 'dev.billing.jdbc.SealTrigger';

create trigger if not exists billing_place_set_entry_seal before insert, update, delete on billing_place_set_entry
    for each row call 'dev.billing.jdbc.SealTrigger';

create trigger if not exists billing_entry_seal before update, delete on billing_entry
    for each row call 'dev.billing.jdbc.SealTrigger';

-- No trigger is told of truncate, but tables that another one refers to are never truncated. It stays empty.
create table if not exists billing_seal_all (
    tenant     ${text},
    invoice_no bigint,
    ordinal    integer,
    line_id    ${text},
    places_no  bigint,
    dimension  ${text},
    name       ${text},
    account    ${text},
    entry_no   bigint,
    constraint billing_seal_all_invoice foreign key (tenant, invoice_no) references billing_invoice (tenant, invoice_no),
    constraint billing_seal_all_figure foreign key (tenant, invoice_no, ordinal)
        references billing_figure (tenant, invoice_no, ordinal),
    constraint billing_seal_all_line foreign key (tenant, invoice_no, line_id)
        references billing_line (tenant, invoice_no, line_id),
    constraint billing_seal_all_place foreign key (tenant, invoice_no, dimension)
        references billing_invoice_place (tenant, invoice_no, dimension),
    constraint billing_seal_all_attribute foreign key (tenant, invoice_no, name)
        references billing_attribute (tenant, invoice_no, name),
    constraint billing_seal_all_set foreign key (tenant, places_no) references billing_place_set (tenant, places_no),
    constraint billing_seal_all_set_entry foreign key (tenant, places_no, dimension)
        references billing_place_set_entry (tenant, places_no, dimension),
    constraint billing_seal_all_entry foreign key (tenant, account, entry_no)
        references billing_entry (tenant, account, entry_no)
);

-- What corrects or credits a document is found by its lines, whose external ids name the document.
create index if not exists billing_line_by_external_id
    on billing_line (tenant, external_id);
