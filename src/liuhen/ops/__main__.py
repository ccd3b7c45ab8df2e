from liuhen.ops.cli import main

main(prog_name="liuhen")
