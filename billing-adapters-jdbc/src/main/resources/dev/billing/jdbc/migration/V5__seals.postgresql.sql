-- Nothing of an issued document ever changes, and no entry of an account does, whoever tries. A document is issued once its row has a seal,
-- which is the last thing that is written; from then on only who it is addressed to can be erased, together with the salt of the seal.
-- Whoever owns the tables can disable triggers, so the library's role should own none.

alter table billing_invoice add column if not exists before_seals boolean; -- whether it was issued when there were no seals

update billing_invoice set before_seals = true where form = 'ISSUED' and seal is null and before_seals is null;

create or replace function billing_refuse() returns trigger language plpgsql as $$
begin
    raise exception using
        errcode = 'restrict_violation',
        message = 'Issued content never changes, so ' || lower(tg_op) || ' of ' || tg_table_name || ' is refused';
end
$$;

-- Of a document's own row.
create or replace function billing_refuse_document() returns trigger language plpgsql as $$
declare
    same record;
begin
    if tg_op = 'UPDATE' and new.seal_salt is null and (old.customer is not null or new.customer is null) then
        same := new;
        same.customer := old.customer;
        same.seal_salt := old.seal_salt;
        same.seal_replacement := old.seal_replacement;
        if not (same *<> old) then
            return new;
        end if;
    end if;
    raise exception using
        errcode = 'restrict_violation',
        message = 'Issued content never changes, so ' || lower(tg_op) || ' of ' || tg_table_name || ' is refused for document '
            || old.invoice_id || ' of tenant ' || old.tenant;
end
$$;

-- Of the rows of a document, and of the places in its sets of places. The document's own row is locked, so that it is not issued meanwhile.
-- The functions name the schema of these tables, so that no tables that a session has made for itself are taken for them.
do $$
declare
    part constant text := $body$
        declare
            issued boolean;
        begin
            if tg_op <> 'INSERT' then
                select i.seal is not null or i.before_seals is true into issued
                    from %1$s where %2$s for key share of i;
            end if;
            if tg_op <> 'DELETE' and issued is not true then
                select i.seal is not null or i.before_seals is true into issued
                    from %1$s where %3$s for key share of i;
            end if;
            if issued then
                raise exception using
                    errcode = 'restrict_violation',
                    message = 'Issued content never changes, so ' || lower(tg_op) || ' of ' || tg_table_name || ' is refused';
            end if;
            return case when tg_op = 'DELETE' then old else new end;
        end
        $body$;
    documents constant text := format('%I.billing_invoice i', current_schema());
    of_document constant text := 'i.tenant = %1$s.tenant and i.invoice_no = %1$s.invoice_no';
    of_set constant text := 's.tenant = %1$s.tenant and s.places_no = %1$s.places_no';
    sets constant text := format(
        '%I.billing_place_set s join %s on i.tenant = s.tenant and i.invoice_no = s.invoice_no', current_schema(), documents);
begin
    execute format(
        'create or replace function billing_refuse_part() returns trigger language plpgsql as %L',
        format(part, documents, format(of_document, 'old'), format(of_document, 'new')));
    execute format(
        'create or replace function billing_refuse_place() returns trigger language plpgsql as %L',
        format(part, sets, format(of_set, 'old'), format(of_set, 'new')));
end
$$;

drop trigger if exists billing_seal on billing_invoice;
create trigger billing_seal before update or delete on billing_invoice
    for each row when (old.seal is not null or old.before_seals) execute function billing_refuse_document();

drop trigger if exists billing_seal on billing_figure;
create trigger billing_seal before insert or update or delete on billing_figure
    for each row execute function billing_refuse_part();

drop trigger if exists billing_seal on billing_line;
create trigger billing_seal before insert or update or delete on billing_line
    for each row execute function billing_refuse_part();

drop trigger if exists billing_seal on billing_invoice_place;
create trigger billing_seal before insert or update or delete on billing_invoice_place
    for each row execute function billing_refuse_part();

drop trigger if exists billing_seal on billing_attribute;
create trigger billing_seal before insert or update or delete on billing_attribute
    for each row execute function billing_refuse_part();

drop trigger if exists billing_seal on billing_place_set;
create trigger billing_seal before insert or update or delete on billing_place_set
    for each row execute function billing_refuse_part();

drop trigger if exists billing_seal on billing_place_set_entry;
create trigger billing_seal before insert or update or delete on billing_place_set_entry
    for each row execute function billing_refuse_place();

drop trigger if exists billing_seal on billing_entry;
create trigger billing_seal before update or delete on billing_entry
    for each row execute function billing_refuse();

drop trigger if exists billing_seal_all on billing_invoice;
create trigger billing_seal_all before truncate on billing_invoice
    for each statement execute function billing_refuse();

drop trigger if exists billing_seal_all on billing_figure;
create trigger billing_seal_all before truncate on billing_figure
    for each statement execute function billing_refuse();

drop trigger if exists billing_seal_all on billing_line;
create trigger billing_seal_all before truncate on billing_line
    for each statement execute function billing_refuse();

drop trigger if exists billing_seal_all on billing_invoice_place;
create trigger billing_seal_all before truncate on billing_invoice_place
    for each statement execute function billing_refuse();

drop trigger if exists billing_seal_all on billing_attribute;
create trigger billing_seal_all before truncate on billing_attribute
    for each statement execute function billing_refuse();

drop trigger if exists billing_seal_all on billing_place_set;
create trigger billing_seal_all before truncate on billing_place_set
    for each statement execute function billing_refuse();

drop trigger if exists billing_seal_all on billing_place_set_entry;
create trigger billing_seal_all before truncate on billing_place_set_entry
    for each statement execute function billing_refuse();

drop trigger if exists billing_seal_all on billing_entry;
create trigger billing_seal_all before truncate on billing_entry
    for each statement execute function billing_refuse();

-- What corrects or credits a document is found by its lines, whose external ids name the document. External
-- ids may be longer than what other indexes take.
create index if not exists billing_line_by_external_id
    on billing_line using hash (external_id);
