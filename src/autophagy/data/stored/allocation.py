"""To import this is to let Arrow take its memory from the system, for processes that are forked of this one.

The huge pages of Arrow's own allocator are cleared anew in every fork: a seventh of what two workers take.
"""

import pyarrow as pa

pa.set_memory_pool(pa.system_memory_pool())
