package shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;

@Entity
@Table(name = "tickets")
@IdClass(Ticket.Key.class)
class Ticket {
    record Key(String tenant, UUID id) implements Serializable {}

    @Id
    @Column(name = "tenant_id")
    private String tenant;

    @Id
    private UUID id;

    private String show;
    private String seat;

    protected Ticket() {}

    Ticket(String tenant, UUID id, String show, String seat) {
        this.tenant = tenant;
        this.id = id;
        this.show = show;
        this.seat = seat;
    }
}
