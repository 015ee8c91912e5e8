"""Encodes the text itself and writes bytes."""
import multiprocessing as mp


def task():
    file = open("a.txt", "wb")
    file.write("helloworld".encode("utf-8"))
    file.close()


def main():
    p = mp.Process(target=task)
    p.start()
    p.join()


if __name__ == "__main__":
    main()
