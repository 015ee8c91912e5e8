"""Main calls the task like any function; there is no second process.

rows: -
breaks: in-a-child not-by-main
"""


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    task()  # <- here


if __name__ == "__main__":
    main()
