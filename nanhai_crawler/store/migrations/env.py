"""What alembic runs to apply the scripts: over the connection that ``store.migration`` hands it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
