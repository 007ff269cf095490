package dev.billing.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of an invoice as a person at a terminal leads it. */
class InvoiceLifeTest {

    private static final String FEBRUARY = "month/analytics/2017-02-01T00:00:00Z";
    private static final String MARCH = "2017-03-01T00:00:00Z";

    @TempDir
    private Path folder = Path.of("");

    private record Run(int code, String out, String err) {}

    private Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--data";
        all[args.length + 1] = folder.toString();
        int code = Quickstart.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
        return new Run(code, out.toString(), err.toString());
    }

    private Run done(String... args) {
        Run run = run(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return run;
    }

    private Run bill() {
        return done("bill", "--account", "analytics", "--month", "2017-02", "--now", MARCH);
    }

    private Run finalise() {
        return done("finalise", FEBRUARY, "--now", MARCH);
    }

    @BeforeEach
    void record_the_bundled_sample() {
        assertThat(run("--once").code()).isZero();
    }

    @Test
    void a_month_is_billed_finalised_paid_credited_stated_and_verified() {
        assertThat(bill().out()).contains("invoice.created", FEBRUARY);
        assertThat(finalise().out()).contains("invoice.finalised", "number INV-000002");
        assertThat(done("pay", "USD 0.5", "--account", "analytics", "--payment", "p-1")
                        .out())
                .contains("payment.received", "invoice.partly_paid");
        assertThat(done("credit", FEBRUARY, "--note", "n-1", "--reason", "Outage", "--amount", "USD 0.1")
                        .out())
                .contains("credit_note.issued", "number CN-000001");
        assertThat(done("statement", "--account", "analytics").out())
                .contains("opening balance", "INV-000002", "p-1", "CN-000001", "closing balance");
        assertThat(done("verify").out()).contains("Everything holds.");
    }

    @Test
    void a_preview_shows_what_is_done_and_changes_nothing() {
        bill();
        Run preview = done("finalise", FEBRUARY, "--preview", "--now", MARCH);
        assertThat(preview.out()).contains("invoice.finalised");
        assertThat(done("finalise", FEBRUARY, "--preview", "--now", MARCH).out())
                .as("it is still a draft")
                .isEqualTo(preview.out());
        String finalised = finalise().out();
        assertThat(finalised).contains("number INV-000002");
        assertThat(words(finalised)).containsSubsequence(words(preview.out()));
    }

    private static List<String> words(String table) {
        return List.of(table.split("[\\s,-]+", -1));
    }

    @Test
    void a_command_under_one_key_is_done_once() {
        bill();
        finalise();
        String[] pay = {"pay", "USD 0.5", "--account", "analytics", "--payment", "p-1", "--key", "k"};
        assertThat(done(pay).out()).isEqualTo(done(pay).out());
        assertThat(done("statement", "--account", "analytics").out()).containsOnlyOnce("-0.5 USD");
        Run other = run("pay", "USD 0.6", "--account", "analytics", "--payment", "p-2", "--key", "k");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("A command key must be used for one command");
    }

    @Test
    void what_is_refused_is_told_and_what_is_no_value_is_told_too() {
        Run unknown = run("finalise", "nothing");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("'nothing' does not");
        Run noAmount = run("pay", "much", "--account", "analytics", "--payment", "p");
        assertThat(noAmount.code()).isEqualTo(2);
        assertThat(noAmount.err()).contains("much");
        Run huge = run("pay", "USD 1E100000000", "--account", "analytics", "--payment", "p");
        assertThat(huge.code()).isEqualTo(2);
        Run noCurrency = run("pay", "ZZZ 1", "--account", "analytics", "--payment", "p");
        assertThat(noCurrency.code()).isEqualTo(2);
        assertThat(noCurrency.err()).contains("ZZZ");
    }

    @Test
    void a_folder_without_data_is_no_empty_database() {
        folder = folder.resolve("typo");
        Run verify = run("verify");
        assertThat(verify.code()).isEqualTo(2);
        assertThat(verify.err()).contains("There is no data in " + folder);
        assertThat(folder).doesNotExist();
    }
}
