"""Files on people, homes and firms: reading, writing, consent, unmasking, bulk export."""
