// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.DiskSync;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** For what somebody is answered who then counts on it, beside the jobs, whose ledger sees to that itself. */
@ApplicationScoped
public class DurableCommits {

    /** One at a time, so that the ledger of the jobs always finds a connection. */
    private final ReentrantLock flushing = new ReentrantLock();

    private DiskSync disk;

    @Resource(lookup = "jdbc/drover-migration")
    private DataSource directDataSource;

    @SuppressWarnings("NullAway.Init") // injected, and made below
    public DurableCommits() {}

    @PostConstruct
    void open() {
        disk = new DiskSync(directDataSource, DatabaseKind.of(directDataSource));
    }

    /**
     * Returns when all commits so far are on the disk.
     *
     * @throws IllegalStateException when the disk does not take them
     */
    public void flush() {
        flushing.lock();
        try {
            disk.flush();
        } catch (SQLException e) {
            throw new IllegalStateException("what was committed is not on the disk", e);
        } finally {
            flushing.unlock();
        }
    }
}
