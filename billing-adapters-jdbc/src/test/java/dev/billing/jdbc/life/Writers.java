package dev.billing.jdbc.life;

import dev.billing.port.StorageException;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that issue invoices in a lane, one after the other, each asking until it is answered. */
final class Writers {

    private static final long PAUSE_MILLIS = 5;

    private final Lane lane;
    private final ExecutorService pool;
    private final List<Future<Seq<Books.Row>>> told = new ArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(1);

    private Writers(Lane lane, int threads) {
        this.lane = lane;
        this.pool = Executors.newFixedThreadPool(threads);
        for (int writer = 0; writer < threads; writer++) {
            int name = writer;
            told.add(pool.submit(() -> write(name)));
        }
    }

    static Writers start(Lane lane, int threads) {
        return new Writers(lane, threads);
    }

    private Seq<Books.Row> write(int writer) throws InterruptedException {
        List<Books.Row> answers = new ArrayList<>();
        for (int step = 0; enough.getCount() > 0; step++) {
            answers.add(persistently(writer, step));
        }
        return Array.ofAll(answers);
    }

    private Books.Row persistently(int writer, int step) throws InterruptedException {
        while (true) {
            try {
                return lane.issue(writer, step);
            } catch (SQLException brokenConnection) {
                pause();
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.FATAL) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** Whether there is enough by now. */
    private boolean pause() throws InterruptedException {
        return enough.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Lets each finish what it asks for, and gives the books. */
    Books stop() throws Exception {
        enough.countDown();
        pool.shutdown();
        List<Books.Row> all = new ArrayList<>();
        for (Future<Seq<Books.Row>> writer : told) {
            all.addAll(writer.get(1, TimeUnit.MINUTES).asJava());
        }
        return lane.books(Array.ofAll(all));
    }
}
