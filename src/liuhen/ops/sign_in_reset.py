import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand


@subcommand("sign-in-reset")
@click.argument("login")
@click.option("--second-factor", is_flag=True, help="Drop the lost second factor, too.")
def command(say: Say, folder: DataDir, login: str, second_factor: bool) -> Answer:
    """Lift the lock on LOGIN when no security administrator can (the only one's phone is lost).

    Whoever may run this on the server could change its database as well; here it is in the log.
    """
    from liuhen.kernel.clock import now
    from liuhen.people import second_factor as factors
    from liuhen.people import sign_in
    from liuhen.people.errors import NotLocked

    officer = sign_in.known(login)
    if officer is None:
        message = f"没有登录名为“{login}”的账号，未办理。请核对登录名。"
        say.problem(message)
        return {"ok": False, "refused": "people.no_such_login", "message": message}
    if second_factor:
        factors.reset(officer, by="command", at=now())
        say(f"已重置 {officer.name} 的动态口令")
    try:
        sign_in.unlock(officer, by="command", at=now())
        say(f"已解除 {officer.name} 的登录锁定")
    except NotLocked:
        if not second_factor:
            raise
    return {"ok": True, "login": officer.login}
