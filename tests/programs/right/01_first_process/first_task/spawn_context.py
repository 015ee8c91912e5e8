"""Chooses spawn explicitly, through a context."""
import multiprocessing


def task():
    with open("a.txt", mode="w", encoding="utf-8") as f:
        f.write("helloworld")


def main():
    ctx = multiprocessing.get_context("spawn")
    p = ctx.Process(target=task)
    p.start()
    p.join()


if __name__ == "__main__":
    main()
