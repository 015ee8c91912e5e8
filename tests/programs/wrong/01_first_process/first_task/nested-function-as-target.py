"""Takes a function defined inside main, which cannot be sent to a new interpreter.

rows: 50
breaks: each-start-method
fails under: spawn, forkserver
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    def work():  # <- here
        print("the child writes")
        task()

    process = Process(target=work)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
