package dev.billing.testkit.life;

import dev.billing.domain.account.AccountDetails;
import dev.billing.usecase.AccountCommand;
import java.util.LinkedHashSet;
import java.util.Set;

/** What commands do to accounts themselves. */
record AccountModel(LifeModel model, Deed deed) {

    boolean apply(AccountCommand command) {
        if (command instanceof AccountCommand.Describe describe) {
            return describe(describe.details());
        }
        if (command instanceof AccountCommand.Grant grant) {
            return deed.sees(grant.account().value())
                    && model.account(grant.account().value())
                                    .grants
                                    .putIfAbsent(
                                            grant.grant().id(),
                                            LifeModel.cents(grant.grant().available()))
                            == null;
        }
        if (command instanceof AccountCommand.Park park) {
            return park(park.account().value(), true);
        }
        return command instanceof AccountCommand.Resume resume
                ? park(resume.account().value(), false)
                : erase(((AccountCommand.Erase) command).account().value());
    }

    private boolean park(String id, boolean isParked) {
        LifeModel.Account account = model.account(id);
        if (!deed.sees(id) || account.isParked == isParked) {
            return false;
        }
        account.isParked = isParked;
        return true;
    }

    private boolean describe(AccountDetails details) {
        String id = details.account().value();
        LifeModel.Account account = model.account(id);
        String payer = details.payer().map(other -> other.account().value()).getOrElse("");
        if (!deed.sees(id)
                || details.version() != account.details + 1
                || (!payer.isEmpty() && (!deed.sees(payer) || payersOf(payer).contains(id)))) {
            return false;
        }
        account.details = details.version();
        account.payer = payer;
        account.hasCustomer = details.customer().isDefined();
        account.isPersonal = account.hasCustomer || details.contacts().nonEmpty();
        return true;
    }

    private Set<String> payersOf(String first) {
        Set<String> chain = new LinkedHashSet<>();
        for (String next = first; !next.isEmpty() && chain.add(next); next = model.account(next).payer) {
            // one after the other
        }
        return chain;
    }

    private boolean erase(String id) {
        if (!deed.sees(id)) {
            return false;
        }
        LifeModel.Account account = model.account(id);
        if (account.isPersonal) {
            account.details++;
            account.isPersonal = false;
            account.hasCustomer = false;
        }
        model.documents.values().stream()
                .filter(document -> document.account.equals(id) && document.isAddressed)
                .forEach(document -> {
                    document.isAddressed = false;
                    document.revision += document.isFinal ? 0 : 1;
                });
        return true;
    }
}
