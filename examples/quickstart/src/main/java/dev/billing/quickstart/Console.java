package dev.billing.quickstart;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.PrintWriter;

/** What the person at the terminal sees: results on the one stream, progress and complaints on the other. */
final class Console {

    private final PrintWriter out;
    private final PrintWriter err;

    Console(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void complain(String line) {
        err.println(line);
        err.flush();
    }

    /** Prints rows in columns as wide as their widest cell; the last column is of numbers and stands to the right. */
    void table(Seq<String> header, Seq<Seq<String>> rows) {
        Seq<Seq<String>> all = rows.prepend(header);
        Seq<Integer> widths = Array.range(0, header.size())
                .map(column -> all.map(row -> row.get(column).length()).max().get());
        Seq<String> rule = widths.map("-"::repeat);
        Array.of(header, rule).appendAll(rows).forEach(row -> say(line(row, widths)));
        say("");
    }

    private static String line(Seq<String> cells, Seq<Integer> widths) {
        int last = cells.size() - 1;
        return cells.zip(widths)
                .zipWithIndex((cell, column) -> {
                    String space = " ".repeat(cell._2 - cell._1.length());
                    return column == last ? space + cell._1 : cell._1 + space;
                })
                .mkString("  ");
    }
}
