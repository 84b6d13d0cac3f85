package dev.wonflow.testsupport.planted.rooms.mug.shelf;

import dev.wonflow.testsupport.planted.rooms.mug.Mug;
import java.sql.Connection;
import java.sql.SQLException;

/** Its adapter. */
public final class Shelf {
    public void put(Mug mug, Connection connection) throws SQLException {
        connection.setSchema(mug.toString());
    }
}
