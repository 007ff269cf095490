package dev.billing.jdbc.life;

import io.vavr.collection.Seq;
import java.sql.SQLException;

/** One way to issue invoices, in tables of its own. */
interface Lane {

    /** Under which the killer knows it. */
    String name();

    /**
     * Issues an invoice and tells of it. It fails if the database does; who asked for the invoice asks again then, in the same words.
     *
     * @param writer who asks
     * @param step counts what the writer asks for
     */
    Books.Row issue(int writer, int step) throws SQLException;

    /** All that is stored in the end, and what of it was told. */
    Books books(Seq<Books.Row> told) throws SQLException;
}
