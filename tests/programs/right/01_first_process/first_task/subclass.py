"""A subclass of Process whose run method calls the task."""
import multiprocessing


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


class Writer(multiprocessing.Process):
    def run(self):
        task()


def main():
    writer = Writer()
    writer.start()
    writer.join()


if __name__ == "__main__":
    main()
