package dev.wonflow.relay;

import dev.wonflow.outbox.PublishedHorizon;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** What is published according to the relay's own record, whichever instance relays. */
final class RecordedHorizon implements PublishedHorizon {

    private final RelayDatabase database;

    RecordedHorizon(RelayDatabase database) {
        this.database = database;
    }

    @Override
    public OptionalLong publishedHorizon() {
        try (Connection connection = database.connect()) {
            SlotRecord record = database.record(connection);
            if (record == null) {
                return OptionalLong.empty();
            }
            // Another server counts transactions differently.
            boolean comparable =
                    record.systemIdentifier().equals(database.server(connection).systemIdentifier());
            return comparable ? OptionalLong.of(record.publishedHorizon()) : OptionalLong.empty();
        } catch (SQLException e) {
            throw new IllegalStateException("relay_slot could not be read", e);
        }
    }

    @Override
    public boolean hasPublished() {
        try (Connection connection = database.connect()) {
            return database.hasRecord(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("relay_slot could not be read", e);
        }
    }
}
