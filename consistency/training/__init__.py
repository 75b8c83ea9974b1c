"""How the embedded encoder is made. Needs sentence-transformers, jieba and NLTK; nothing here is used at run time."""
