package dev.wonflow.subscription;

import dev.wonflow.testsupport.ListedSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void it_lists_every_setting_and_no_other() throws IOException {
        ListedSettings.check(Path.of("README.md"));
    }
}
