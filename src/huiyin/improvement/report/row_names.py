"""What people call the kinds of rows of a problem case."""

from huiyin.kernel.text import Text, t

ROW_NAMES: dict[str, Text] = {
    "member": t("小组成员", "Team member"),
    "contrast": t("是/非对比", "Is / is not"),
    "containment": t("遏制", "Containment"),
    "cause": t("原因", "Cause"),
    "action": t("措施", "Action"),
    "effect": t("效果验证", "Effect check"),
    "document": t("文件更新", "Document update"),
    "deployment": t("横向展开", "Deployment"),
    "cost": t("质量损失", "Cost of poor quality"),
    "submission": t("提交客户", "Submission"),
}
