package dev.billing.testkit;

import dev.billing.port.Directory;

class InMemoryDirectoryTest extends DirectoryContract {

    @Override
    protected Directory emptyDirectory() {
        return new InMemoryDirectory();
    }
}
